/** Classes of SQLSTATE that pass by themselves: connection, resources, operator intervention, serialisation, time-out. */
const passing = /^(08|53|57|58|40|25P03|5500[06])/;
const sockets = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN']);

/** Whether the database is away or busy, rather than our statement wrong: asking again later will do. */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return sockets.has(code) || passing.test(code);
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/.test(
    error.message,
  );
}
