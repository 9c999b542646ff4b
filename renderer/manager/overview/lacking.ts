import { auth, devices } from '#api/operations/auth.ts';
import { backups } from '#api/operations/backups.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { menu } from '#api/operations/menu.ts';
import { printers } from '#api/operations/printers.ts';
import { relay } from '#api/operations/relay.ts';
import { useRead } from '#api/queries.ts';
import { useMay } from '../frame/may.ts';

export type Lacking = 'pins' | 'printers' | 'stations' | 'menu' | 'devices' | 'backups' | 'relay';

/** What a new restaurant still lacks, as the server has it now. A step that is done is not there any more. */
export function useLacking(): readonly Lacking[] {
  const may = useMay();
  const [changesPrinters, changesMenu] = [may('printers.change'), may('menu.change')];
  const store = useRead(auth.setupState, {});
  const paper = useRead(printers.list, {}, { wanted: changesPrinters });
  const stations = useRead(kitchen.stations, {}, { wanted: changesPrinters });
  const dishes = useRead(menu.products, { query: { include_inactive: 'true' } }, { wanted: changesMenu });
  const screens = useRead(devices.list, {}, { wanted: may('devices.manage') });
  const copies = useRead(backups.list, {}, { wanted: may('backups.read') });
  const moved = copies.data?.last_restore?.cause === 'new_computer';
  const staff = useRead(auth.staff, {}, { wanted: moved && may('staff.change') && may('staff.read') });
  const cloud = useRead(relay.status, {}, { wanted: may('relay.read') });
  // Practice data needs nothing.
  if (store.data?.kind !== 'restaurant') return [];
  const missing: Readonly<Record<Lacking, boolean>> = {
    pins: staff.data?.some(({ is_active, has_pin }) => is_active && !has_pin) === true,
    printers: paper.data?.length === 0,
    stations: stations.data?.every(({ active }) => !active) === true,
    menu: dishes.data?.every(({ active }) => !active) === true,
    devices: screens.data?.every(({ kind, revoked_at }) => kind === 'legacy' || revoked_at !== null) === true,
    backups: copies.data?.places.every(({ place }) => place !== 'second') === true,
    relay: cloud.data?.state === 'not_joined',
  };
  return (Object.keys(missing) as Lacking[]).filter((step) => missing[step]);
}
