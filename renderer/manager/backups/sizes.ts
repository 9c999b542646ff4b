/** 48.2 MB of bytes, as disks are sold. */
export function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** at;
  return `${value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 && at > 0 ? 1 : 0 })} ${units[at]}`;
}
