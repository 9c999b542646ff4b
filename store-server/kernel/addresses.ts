/** Whether an address is this machine's own loopback. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
