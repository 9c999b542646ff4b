import { createStore, useStore } from '#api/store.ts';

/** `#code=K7F29QXM`: behind the #, a code reaches neither the server's log nor whoever is linked to from here. */
const inAddress = /^#code=([\w-]{1,40})$/;

const code = createStore<string | null>(null);

/** A code opens a door: it is not left in the address bar, nor in the history. */
function take(): void {
  const found = inAddress.exec(location.hash)?.[1];
  if (found === undefined) return;
  code.set(found.toUpperCase());
  history.replaceState(history.state, '', location.pathname + location.search);
}
take();
addEventListener('hashchange', take);

/** It was used: should this device be sent away later, its old code is not offered again. */
export const forgetCode = (): void => code.set(null);

/** The device code of the link that this window was opened with, as a QR code holds it; null for any other address. */
export const useCodeFromAddress = (): string | null => useStore(code);
