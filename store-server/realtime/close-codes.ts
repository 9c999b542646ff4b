/** Close codes that older clients know. 1000 would stop them from ever coming back, so the server never sends it. */
export const closeCode = {
  internalError: 4000,
  unauthorised: 4001,
  signInTimeout: 4002,
  forbidden: 4003,
  tooManyMessages: 4008,
  tooManySockets: 4009,
  restarting: 1012,
} as const;
