/** All times in ms. */
export interface RealtimeLimits {
  /** How long a socket may take to sign in. */
  readonly signInMs: number;
  /** Between two heartbeats. */
  readonly beatMs: number;
  /** How long a client that was told where it stands has to ask for what it missed, before it is simply sent. */
  readonly askMs: number;
  /** Bytes that may wait in a socket before nothing more is pushed to it. */
  readonly bufferedBytes: number;
  /** How long a slow socket has to drain before it is dropped. */
  readonly drainMs: number;
  /** How far back a cursor may reach. */
  readonly replayMs: number;
  /** How long before its end a token's end is announced. */
  readonly expiryNoticeMs: number;
  /** Longest message of a client, in bytes. */
  readonly messageBytes: number;
  /** Messages of one socket from one beat to the next. */
  readonly messagesPerBeat: number;
  readonly sockets: number;
  readonly socketsPerUser: number;
  /** Sockets of one address that have not signed in yet. */
  readonly strangersPerAddress: number;
}

export const usualLimits: RealtimeLimits = {
  signInMs: 10_000,
  beatMs: 10_000,
  askMs: 1_000,
  bufferedBytes: 1_048_576,
  drainMs: 30_000,
  replayMs: 72 * 60 * 60 * 1_000,
  expiryNoticeMs: 300_000,
  messageBytes: 10_240,
  messagesPerBeat: 300,
  sockets: 2_000,
  socketsPerUser: 200,
  strangersPerAddress: 250,
};
