/**
 * How the server talks to whatever started it. One entry file has three hosts: the desktop shell (a utility process
 * with `process.parentPort`), the launcher or a test (a fork with `process.send`), and nobody (a service manager).
 */
export interface ParentPort {
  readonly host: 'utility' | 'fork' | 'none';
  /** Hands a message to the parent; a parent that is gone, or was never there, simply does not hear it. */
  send(message: unknown): void;
  /** Stops listening, so that a server which is already stopping is not told twice. */
  close(): void;
}

export interface ParentEvents {
  /** The parent died or let go of us. Called at most once; stop as on SIGTERM. */
  onGone(): void;
  onMessage?(message: unknown): void;
}

interface UtilityPort {
  on(event: 'message' | 'close', listener: (event: { data: unknown }) => void): unknown;
  off(event: 'message' | 'close', listener: (event: { data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** The part of `process` that matters here, so that a test can hand over a small stand-in. */
export interface ParentHost {
  parentPort?: UtilityPort | undefined;
  send?: ((message: unknown, done: (error: Error | null) => void) => boolean) | undefined;
  connected?: boolean;
  channel?: { unref(): void } | null | undefined;
  on?(event: 'message' | 'disconnect', listener: (message: unknown) => void): unknown;
  off?(event: 'message' | 'disconnect', listener: (message: unknown) => void): unknown;
}

/** Listens to the parent of `host`, which is `process` outside tests. */
export function watchParent(events: ParentEvents, host: ParentHost = process as unknown as ParentHost): ParentPort {
  if (host.parentPort) return watchUtilityPort(events, host.parentPort);
  if (typeof host.send === 'function') return watchFork(events, host);
  return { host: 'none', send: () => {}, close: () => {} };
}

function watchUtilityPort(events: ParentEvents, port: UtilityPort): ParentPort {
  const heard = (event: { data: unknown }) => events.onMessage?.(event.data);
  const gone = once(() => events.onGone());
  port.on('message', heard);
  port.on('close', gone);
  return {
    host: 'utility',
    send: (message) => port.postMessage(message),
    close() {
      port.off('message', heard);
      port.off('close', gone);
    },
  };
}

function watchFork(events: ParentEvents, host: ParentHost): ParentPort {
  const heard = (message: unknown) => events.onMessage?.(message);
  const gone = once(() => events.onGone());
  host.on?.('message', heard);
  host.on?.('disconnect', gone);
  // A listener keeps the channel, and with it the process, alive: a server that has finished must be able to leave.
  host.channel?.unref();
  // The parent may have died while we were still loading; then no 'disconnect' will ever come.
  if (host.connected === false) queueMicrotask(gone);
  return {
    host: 'fork',
    send(message) {
      // The channel can close between the look and the write; an error given to the callback is not thrown.
      if (host.connected !== false) host.send?.(message, () => {});
    },
    close() {
      host.off?.('message', heard);
      host.off?.('disconnect', gone);
    },
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
