/**
 * The accounts of the store. Debits are positive, credits negative: a drawer that fills up is positive, income is
 * negative. Money that guests paid before their check is settled is owed to them, so it stands in `open_checks`.
 */
export const accounts = {
  card: 'card',
  openChecks: 'open_checks',
  salesNet: 'sales_net',
  vat: 'vat',
  serviceCharge: 'service_charge',
  tips: 'tips',
  refundsNet: 'refunds_net',
  refundsService: 'refunds_service',
  cashIn: 'cash_in',
  cashOut: 'cash_out',
  safe: 'safe',
  cashOverShort: 'cash_over_short',
  rounding: 'rounding',
} as const;

/** The drawer of one session. */
export const cashAccount = (sessionId: string): string => `cash:${sessionId}`;

/** Where money of a tender lies. Cash lies in the drawer of its session. */
export function tenderAccount(method: string, sessionId: string | null): string {
  if (method === 'card') return accounts.card;
  if (method !== 'cash') return `tender:${method}`;
  if (sessionId === null) throw new Error('cash has to lie in the drawer of a session');
  return cashAccount(sessionId);
}

/** Which tender an account holds, or null when it holds none. */
export function tenderOf(account: string): string | null {
  if (account === accounts.card) return 'card';
  if (account.startsWith('cash:')) return 'cash';
  return account.startsWith('tender:') ? account.slice('tender:'.length) : null;
}
