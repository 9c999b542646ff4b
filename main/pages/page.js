// Both pages of the app: shows what the server's state is, and passes on what somebody wants done about it.
const bridge = window.fynlo;

/** @param {import('../channels.ts').DesktopState} state */
function show({ sentence, hint, lines }) {
  const put = (/** @type {string} */ id, /** @type {string} */ text) => {
    const place = document.getElementById(id);
    if (place !== null && text !== '' && place.textContent !== text) place.textContent = text;
  };
  put('sentence', sentence);
  put('hint', hint);
  put('lines', lines.join('\n'));
  // The newest is last.
  const log = document.getElementById('lines');
  if (log !== null) log.scrollTop = log.scrollHeight;
}

bridge.onState(show);
bridge.state().then(show);
for (const button of document.querySelectorAll('button[data-act]')) {
  button.addEventListener('click', () => bridge.act(button.dataset.act));
}
