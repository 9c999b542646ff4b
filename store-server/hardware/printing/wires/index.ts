import type { Wire } from '../ports.ts';
import { type ParsedAddress, parsePrinterAddress } from './address.ts';
import { createTcpWire, type TcpWireOptions } from './tcp.ts';

export type OpenedWire = { readonly ok: true; readonly wire: Wire } | Extract<ParsedAddress, { ok: false }>;

/** The wire for an address: its scheme chooses the kind. Nothing is dialled until the first job. */
export function openWire(written: string, options: TcpWireOptions): OpenedWire {
  const parsed = parsePrinterAddress(written);
  return parsed.ok ? { ok: true, wire: createTcpWire(parsed.address, options) } : parsed;
}
