// Shows what /status/state.json says, twice a second. Everything is put in as text, never as HTML.
const byId = (id) => document.getElementById(id);
const pulse = byId('pulse');
// Whoever came from the manager's window, which may have no buttons of a browser around it, finds the way back.
byId('back').hidden = new URLSearchParams(location.search).get('from') !== 'window';
let token = null;
let signingIn = false;

const make = (tag, properties = {}, children = []) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const money = (pounds) => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(pounds);
const withToken = () => (token === null ? {} : { headers: { Authorization: `Bearer ${token}` } });

const lineWords = {
  held: ['Draft', ''],
  fired: ['In kitchen', 'info'],
  preparing: ['In kitchen', 'info'],
  ready: ['Ready', 'ok'],
  served: ['Served', 'ok'],
  voided: ['Voided', 'bad'],
};
const placeWords = {
  dine_in: 'Eat in',
  takeaway: 'Takeaway',
  collection: 'Collection',
  delivery: 'Delivery',
  counter: 'Counter',
  bar: 'Bar',
};
const troubleWords = {
  paper_out: 'is out of paper',
  cover_open: 'has its cover open',
  refused: 'is not answering',
  unreachable: 'cannot be reached',
  timeout: 'is not answering',
  offline: 'is offline',
  printer_error: 'needs somebody to look at it',
  status_silent: 'does not say how it is',
};

function pulseSays(words, mood) {
  pulse.textContent = words;
  pulse.className = `pulse ${mood}`;
}

const figure = (name, value) =>
  make('div', {}, [make('dt', { textContent: name }), make('dd', { textContent: value })]);

function orderCard(order, zone) {
  const since = new Date(order.opened_at).toLocaleTimeString('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const place =
    order.table_name === null ? (placeWords[order.order_type] ?? order.order_type) : `Table ${order.table_name}`;
  const covers = order.covers === 0 ? '' : order.covers === 1 ? ' · 1 cover' : ` · ${order.covers} covers`;
  const lines = order.lines.map(({ quantity, name, status }) => {
    const [word, mood] = lineWords[status] ?? [status, ''];
    return make('li', { className: status }, [
      make('span', { textContent: `${quantity} ×` }),
      make('span', { textContent: name }),
      make('span', { className: `chip ${mood}`, textContent: word }),
    ]);
  });
  const paid = order.paid > 0 ? ` · ${money(order.paid)} paid` : '';
  return make('article', { className: 'order' }, [
    make('header', {}, [make('h3', { textContent: place }), make('strong', { textContent: money(order.total) })]),
    make('p', { textContent: `Order ${order.order_number}${covers} · since ${since}${paid}` }),
    ...(lines.length === 0 ? [] : [make('ul', {}, lines)]),
  ]);
}

const pictures = new Map();

async function pictureOf(printer, number) {
  const key = `${printer}/${number}`;
  if (!pictures.has(key)) {
    const reply = await fetch(`/status/paper.svg?printer=${encodeURIComponent(printer)}&number=${number}`, withToken());
    if (!reply.ok) return null;
    pictures.set(key, URL.createObjectURL(await reply.blob()));
  }
  return pictures.get(key);
}

function closeUp(source, name) {
  const dialog = byId('close-up');
  Object.assign(dialog.querySelector('img'), { src: source, alt: name });
  dialog.showModal();
}

async function paper(printer, { number, at }, zone) {
  const source = await pictureOf(printer.id, number);
  if (source === null) return null;
  const time = new Date(at).toLocaleTimeString('en-GB', { timeZone: zone });
  const name = `${printer.name}, slip ${number}`;
  const button = make('button', { type: 'button', title: 'Look closer' }, [
    make('img', { src: source, alt: name }),
    make('small', { textContent: `Slip ${number}, ${time}` }),
  ]);
  button.addEventListener('click', () => closeUp(source, name));
  return button;
}

async function printerCard(printer, zone) {
  const papers = (await Promise.all(printer.papers.map((slip) => paper(printer, slip, zone)))).filter(Boolean);
  const chip =
    printer.problem !== null
      ? make('span', {
          className: 'chip bad',
          textContent: `${printer.name} ${troubleWords[printer.problem] ?? printer.problem}`,
        })
      : printer.waiting > 0
        ? make('span', { className: 'chip warn', textContent: `${printer.waiting} waiting` })
        : make('span', { className: 'chip ok', textContent: 'Nothing waiting' });
  const drawer = printer.drawer_openings > 0 ? ` · drawer opened ${printer.drawer_openings} ×` : '';
  const shown = papers.length > 0 ? papers : [make('p', { textContent: 'No paper yet.' })];
  return make('article', { className: 'printer' }, [
    make('header', {}, [make('h3', { textContent: printer.name }), chip]),
    make('p', { textContent: `${printer.address}${drawer}` }),
    ...(printer.virtual ? [make('div', { className: 'papers' }, shown)] : []),
  ]);
}

let shown = '';

async function show(state) {
  const { store, orders, printers, totals_differing: differing } = state;
  byId('sign-in').hidden = true;
  byId('store').hidden = false;
  byId('where').textContent = store.demo ? `${store.name} · demo` : store.name;
  const trouble = store.read_only ? 'The disk takes no writes' : null;
  pulseSays(trouble ?? 'Running', trouble === null ? 'ok' : 'bad');
  const fingerprint = JSON.stringify([store, orders, printers, differing]);
  if (fingerprint === shown) return;
  const due = orders.reduce((sum, order) => sum + order.total - order.paid, 0);
  byId('figures').replaceChildren(
    figure('Open checks', String(orders.length)),
    figure('Still to pay', money(due)),
    figure('Slips waiting', String(printers.reduce((sum, { waiting }) => sum + waiting, 0))),
    figure('Other totals, 24 h', String(differing)),
    figure('Journal entries', store.journal_entries.toLocaleString('en-GB')),
    figure('Version', store.version),
  );
  const empty = make('p', {
    className: 'empty',
    textContent: 'No check is open. Orders appear here as they are taken.',
  });
  byId('orders').replaceChildren(
    ...(orders.length === 0 ? [empty] : orders.map((order) => orderCard(order, store.time_zone))),
  );
  const none = make('p', { className: 'empty', textContent: 'No printer has been added yet.' });
  const cards = await Promise.all(printers.map((printer) => printerCard(printer, store.time_zone)));
  byId('printers').replaceChildren(...(cards.length === 0 ? [none] : cards));
  shown = fingerprint;
}

function askToSignIn(status) {
  token = null;
  byId('store').hidden = true;
  byId('sign-in').hidden = false;
  pulseSays('Signed out', '');
  if (status === 403) byId('sign-in-problem').textContent = 'This page is for managers. Sign in as a manager.';
  if (!signingIn) byId('sign-in-form').elements.email.focus();
  signingIn = true;
}

async function look() {
  try {
    const reply = await fetch('/status/state.json', withToken());
    if (reply.status === 401 || reply.status === 403) askToSignIn(reply.status);
    else if (reply.ok) await show(await reply.json());
    else pulseSays('The store server is busy', 'bad');
  } catch {
    pulseSays('No connection to the store server', 'bad');
  }
}

async function keepLooking() {
  await look();
  setTimeout(keepLooking, signingIn && token === null ? 5000 : 500);
}

async function signIn({ email, password }) {
  byId('sign-in-problem').textContent = '';
  const reply = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: email.value, password: password.value }),
  }).catch(() => null);
  const answer = await reply?.json();
  if (reply?.ok) {
    token = answer.access_token;
    password.value = '';
    signingIn = false;
    await look();
  } else {
    byId('sign-in-problem').textContent = answer?.message ?? 'No connection to the store server.';
  }
}

byId('sign-in-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn(event.target.elements);
});

void keepLooking();
