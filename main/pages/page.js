// Both pages of the app: shows what the server's state is, and passes on what somebody wants done about it.
const bridge = window.fynlo;
const at = (/** @type {string} */ id) => document.getElementById(id);
const put = (/** @type {string} */ id, /** @type {string} */ text) => {
  const place = at(id);
  if (place !== null && place.textContent !== text) place.textContent = text;
};

/** @param {import('../channels.ts').DesktopState} state */
function show({ sentence, hint, lines, falls }) {
  if (sentence !== '') put('sentence', sentence);
  if (hint !== '') put('hint', hint);
  if (lines.length > 0) put('lines', lines.join('\n'));
  // The newest is last.
  const log = at('lines');
  if (log !== null) log.scrollTop = log.scrollHeight;
  const look = at('look-back');
  if (look !== null) look.hidden = !falls;
}

bridge.onState(show);
bridge.state().then(show);
for (const button of document.querySelectorAll('button[data-act]')) {
  button.addEventListener('click', () => bridge.act(button.dataset.act));
}

/** How long, as people say it. @param {number} ms */
function long(ms) {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/** What Electron puts before a sentence of ours is nobody's business. @param {unknown} error */
const sentenceOf = (error) =>
  String(error.message ?? error).replace(/^Error invoking remote method '[^']*': (Error: )?/, '');

/** While something is done nobody presses anything else. A button that is off loses the focus. @param {boolean} on */
function busy(on) {
  for (const button of document.querySelectorAll('button')) button.disabled = on;
}

/** @type {string | null} The backup that is being asked about. */
let asked = null;

/** @param {boolean} open */
function ask(open) {
  at('back').hidden = !open;
  // One thing at a time, and all of it in the window.
  for (const id of ['acts', 'words']) at(id).hidden = open;
  at(open ? 'back-title' : 'look-back').focus();
}

async function look() {
  busy(true);
  put('said', 'Looking for the last backup…');
  try {
    const backup = await bridge.lastBackup();
    busy(false);
    put('said', backup === null ? 'There is no good backup on this computer or in the second folder.' : '');
    at('look-back').focus();
    if (backup === null) return;
    asked = backup.name;
    const when = new Date(backup.made_at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
    const before = backup.used_until === null ? 0 : backup.used_until - backup.made_at;
    const age = before > 60_000 ? `, ${long(before)} before the last thing that was recorded` : '';
    put('back-age', `${backup.restaurant} as it was on ${when}${age}.`);
    put('back-loss', backup.loss);
    ask(true);
  } catch (error) {
    busy(false);
    put('said', sentenceOf(error));
    at('look-back').focus();
  }
}

async function goBack() {
  busy(true);
  put('said', 'The backup is being restored. This can take a few minutes.');
  try {
    await bridge.goBack(asked);
    put('said', 'The backup is restored. The server is starting.');
  } catch (error) {
    put('said', sentenceOf(error));
  }
  busy(false);
  ask(false);
}

at('look-back')?.addEventListener('click', () => void look());
at('back-go')?.addEventListener('click', () => void goBack());
at('back-no')?.addEventListener('click', () => ask(false));
