import pino from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One structured line per event; `fields` are plain values. */
export type Log = (level: LogLevel, message: string, fields?: object) => void;

/** Never written, wherever they stand: secrets, and what people typed into a request. */
const secrets = [
  'pin',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'device_token',
  'code',
  'authorization',
  'body',
];

/** Logs JSON lines to stderr; stdout belongs to the one line that says the server is ready. */
export function createLog(): Log {
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return (level, message, fields = {}) => logger[level](fields, message);
}
