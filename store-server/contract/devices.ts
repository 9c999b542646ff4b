import { z } from 'zod';
import { DeviceDto } from './staff.ts';

/** One address of the store on the local network. */
export const StoreAddressDto = z.object({
  /** As it is opened in a browser, `http://192.168.1.20:8000/`. */
  url: z.string(),
  /** As an older iPad is told it, without scheme and port: `192.168.1.20`. */
  host: z.string(),
  /** The network card, as the store's computer calls it: `Wi-Fi`, `eth0`; null where it cannot be told. */
  card: z.string().nullable(),
});

/** Where other devices reach this store, and whether they can at all. */
export const StoreReachDto = z.object({
  /**
   * `network`: others reach it. `this_computer`: it was started to listen to its own computer only. `no_network`: it
   * listens, but the computer is in no network.
   */
  reach: z.enum(['network', 'this_computer', 'no_network']),
  /** The likeliest first: cards of virtual machines and tunnels stand behind real ones. */
  addresses: StoreAddressDto.array(),
  /** By the name that is announced in the network (mDNS), which outlasts a change of address; null where none is. */
  name_url: z.string().nullable(),
  port: z.int(),
  /** The port that older iPads expect. */
  older_port: z.int(),
});
export type StoreReach = z.output<typeof StoreReachDto>;

/** A device code that nobody has used yet; the code itself is kept nowhere. */
export const OpenDeviceCodeDto = z.object({ id: z.string(), expires_at: z.string() });

/** A device as it is now. */
export const ListedDeviceDto = DeviceDto.extend({
  /** Whether somebody is signed in on it and its line is up; null for older clients, which need none. */
  connected: z.boolean().nullable(),
  /** When its line last ended, since the server was started. */
  last_seen_at: z.string().nullable(),
  /** PIN sign-in is closed on it until then, after too many wrong PINs. */
  pin_locked_until: z.string().nullable(),
  /** The device that asks. */
  is_this_one: z.boolean(),
});
export type ListedDevice = z.output<typeof ListedDeviceDto>;
