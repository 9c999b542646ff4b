/** Excel runs what begins like a formula (OWASP, CSV injection): a quote before it keeps it a text. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

function fieldOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180, with the mark by which Excel knows UTF-8. Figures are given as numbers, everything else as text. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(fieldOf).join(',')).join('\r\n')}\r\n`;

/** 1234 of pounds is 12.34: a figure as spreadsheets want it, in the currency's own places. */
export function figureOf(minor: number, currency: string | null): number {
  const shown = new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency || 'GBP' });
  return minor / 10 ** (shown.resolvedOptions().maximumFractionDigits ?? 2);
}
