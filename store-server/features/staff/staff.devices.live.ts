import type { ListedDevice, StoreReach } from '#contract/devices.ts';
import type { Caller } from '../../commands/caller.ts';
import type { Connection } from '../../db/connection.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import type { Auth } from './staff.auth.ts';
import { devices } from './staff.devices.reads.ts';
import { deviceDto } from './staff.dto.ts';

/** What only others know of devices: who holds their lines, and where the store is reached. */
export interface DeviceSurroundings {
  /** Ids of the registered devices that have a line at this moment. */
  connected(): ReadonlySet<string>;
  /** Epoch ms at which a device's line last ended, since the server was started. */
  lastSeen(): ReadonlyMap<string, number>;
  reach(): StoreReach;
}

/** Who asks, when, and of which restaurant. */
interface Asking {
  readonly connection: Connection;
  readonly caller: Caller;
  /** Epoch ms. */
  readonly now: number;
}

export type LiveDevices = ReturnType<typeof liveDevices>;

/** Devices as they are now: beside what is recorded of them, what the server sees. */
export const liveDevices = (auth: Auth, around: DeviceSurroundings) => ({
  reach: (): StoreReach => around.reach(),
  list({ connection, caller, now }: Asking): ListedDevice[] {
    const connected = around.connected();
    const lastSeen = around.lastSeen();
    return devices(connection).map((device) => {
      const { id, kind, revokedAt } = device;
      const locked = auth.guard.secondsToWait(connection, [{ rule: 'device', of: id }]);
      return {
        ...deviceDto(device),
        connected: kind === 'legacy' ? null : connected.has(id),
        last_seen_at: isoTimeOrNull(lastSeen.get(id) ?? null),
        pin_locked_until: locked === 0 || revokedAt !== null ? null : isoTime(now + locked * 1000),
        is_this_one: id === caller.deviceId,
      };
    });
  },
});
