import type { SignInAsked } from './admission.ts';
import { closeCode } from './close-codes.ts';
import { eventNames, eventsNamed } from './events.ts';
import type { RealtimeLimits } from './limits.ts';
import type { Guest, Listener } from './listener.ts';
import { type ClientMessage, readMessage } from './messages.ts';
import type { Stream, StreamDeps } from './stream.ts';

interface ConversationDeps extends Pick<StreamDeps, 'control' | 'clock'> {
  readonly stream: Stream;
  readonly limits: RealtimeLimits;
  signIn(guest: Guest, asked: SignInAsked): Promise<void>;
}

type Answer = (listener: Listener, message: ClientMessage) => void;

const namesIn = ({ data }: ClientMessage): string[] => {
  const { events } = data as { events?: unknown };
  return Array.isArray(events) ? events.filter((one): one is string => typeof one === 'string').slice(0, 50) : [];
};

/** What a client may say, and what it hears in return. */
export function createConversation({ control, clock, stream, limits, signIn }: ConversationDeps) {
  const confirm = ({ socket, wanted }: Listener): void => {
    const events = [...(wanted ?? eventNames)];
    control(socket, 'subscription_confirmed', { events, message: `${events.length} kinds of event will be sent.` });
  };

  const answers: Readonly<Record<string, Answer>> = {
    ping: ({ socket }, { data }) => control(socket, 'pong', { timestamp: data['timestamp'] ?? clock.now() }),
    pong: () => undefined,
    resume: (listener, { cursor }) => stream.resume(listener, cursor ?? ''),
    subscribe(listener, message) {
      const more = eventsNamed(namesIn(message));
      // A client that asks only for events which do not exist here had better hear too much than nothing.
      if (more.length > 0) listener.wanted = new Set([...(listener.wanted ?? []), ...more]);
      confirm(listener);
    },
    unsubscribe(listener, message) {
      const less = new Set(eventsNamed(namesIn(message)));
      listener.wanted = new Set([...(listener.wanted ?? eventNames)].filter((name) => !less.has(name)));
      confirm(listener);
    },
  };

  return {
    /** Counts what a socket sends; false once it is too much. */
    mayTalk(guest: Guest): boolean {
      guest.messages += 1;
      if (guest.messages <= limits.messagesPerBeat) return true;
      if (guest.messages === limits.messagesPerBeat + 1) {
        guest.socket.close(closeCode.tooManyMessages, 'too many messages');
      }
      return false;
    },
    /** @param text null for a frame that is not text */
    hear(guest: Guest, text: string | null): void {
      const { socket, listener } = guest;
      const complain = (message: string) => control(socket, 'error', { message });
      const message = text === null ? null : readMessage(text);
      if (message === null) {
        complain('This message is not readable.');
      } else if (message.type === 'authenticate' || message.type === 'reauth') {
        const { token: bearer, cursor, restaurant } = message;
        void signIn(guest, { bearer, cursor, restaurant });
      } else if (listener === null) {
        complain('Please sign in on this socket first.');
      } else if (Object.hasOwn(answers, message.type)) {
        answers[message.type]?.(listener, message);
      } else {
        complain(`Unknown message type: ${message.type.slice(0, 60)}`);
      }
    },
  };
}
