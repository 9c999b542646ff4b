import type { ChangeSettings } from '#contract/settings.ts';
import type { StationKey } from './menu/dish.ts';

/** Fictional, down to the telephone number, which Ofcom keeps free for drama. */
export const demoSettings: ChangeSettings = {
  restaurant: {
    name: 'The Harbour Kitchen',
    address: '4 Quayside, Saltby Harbour, SY0 1HK',
    phone: '01632 960 142',
    email: 'hello@harbourkitchen.test',
    website: 'harbourkitchen.test',
    vat_number: 'GB 000 0000 00',
  },
  receipt: {
    header: 'Fresh off the boat since 1987',
    footer: 'Thank you, and mind the gulls.\nService is optional and shared by everybody who looked after you.',
    show_vat_breakdown: true,
  },
};

export const demoStations: Readonly<Record<StationKey, { readonly name: string; readonly color: string }>> = {
  grill: { name: 'Grill', color: '#8B2E2E' },
  kitchen: { name: 'Kitchen', color: '#1F5F8B' },
  cold: { name: 'Cold & desserts', color: '#2E7D6B' },
  bar: { name: 'Bar', color: '#4B2E8B' },
};

/** A virtual printer at each station, and one at the till for receipts and the drawer. */
export const demoPrinterNames = {
  grill: 'Grill printer',
  kitchen: 'Kitchen printer',
  cold: 'Cold & desserts printer',
  bar: 'Bar printer',
  till: 'Receipt printer',
} as const satisfies Record<StationKey | 'till', string>;

export type DemoPrinter = keyof typeof demoPrinterNames;
export const demoPrinters = Object.keys(demoPrinterNames) as readonly DemoPrinter[];
export const demoPrinterModel = 'fynlo-lab-80';
export const demoTill = 'Till 1';
