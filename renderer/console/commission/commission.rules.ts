/** 2.5 % of 250 basis points. */
export const rateOf = (bps: number): string => `${(bps / 100).toLocaleString('en-GB', { maximumFractionDigits: 2 })} %`;

/** Basis points of what somebody typed, such as `2.5`; null for what is no rate from 0 to 100. */
export function bpsOf(typed: string): number | null {
  const found = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.trim());
  if (found === null) return null;
  const bps = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return bps <= 10_000 ? bps : null;
}
