import { expect, test } from 'vitest';
import type { KitchenCheck, KitchenLine } from '#contract/kitchen.ts';
import { interpret } from '../../hardware/lab/interpreter.ts';
import { plainText, type Slip, type SlipRun } from '../../hardware/lab/slip.ts';
import { printerModelById } from '../../hardware/models/printer-models.ts';
import { escpos } from '../../hardware/printing/escpos.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { courseName, fireTicket, noticeTicket, voidTicket } from './kitchen.tickets.ts';

const check: KitchenCheck = {
  orderId: 'o',
  orderNumber: 142,
  orderType: 'dine_in',
  tableName: '7',
  covers: 4,
  serverName: 'Ana P.',
  allergies: [
    { seat: 2, allergens: ['peanuts', 'nuts'], note: 'EpiPen in her bag' },
    { seat: 4, allergens: ['gluten'], note: null },
  ],
  note: 'Birthday: candles with dessert',
};
const line = (fields: Partial<KitchenLine>): KitchenLine => ({
  lineId: 'l',
  quantity: 1,
  kitchenName: 'DISH',
  modifiers: [],
  note: null,
  seat: null,
  course: 2,
  stationIds: ['grill'],
  ...fields,
});
const lines = [
  line({
    quantity: 2,
    kitchenName: 'LAMB SHOULDER',
    modifiers: [
      { kitchenName: 'NO ROSEMARY', quantity: 1, depth: 0 },
      { kitchenName: 'MASH', quantity: 2, depth: 0 },
      { kitchenName: 'EXTRA BUTTER', quantity: 1, depth: 1 },
    ],
  }),
  line({ kitchenName: 'SCALLOPS', course: 1, seat: 1 }),
  line({
    kitchenName: 'RIBEYE',
    seat: 2,
    modifiers: [{ kitchenName: 'MED RARE', quantity: 1, depth: 0 }],
    note: 'sauce on the side and no salt at all, please',
  }),
];
const place = { station: 'Grill', zone: 'Europe/London' };
const at = Date.parse('2025-06-18T18:42:00Z');

const slipOf = (ticket: Ticket, model = 'fynlo-lab-80'): Slip => {
  const { slips, unfinished } = interpret(escpos(ticket, modelOf(model)), modelOf(model));
  return slips[0] ?? (unfinished as Slip);
};
const modelOf = (id: string) => {
  const model = printerModelById(id);
  if (model === undefined) throw new Error(id);
  return model;
};
const words = (ticket: Ticket, model?: string): string => plainText(slipOf(ticket, model)).trimEnd();
const runsOf = (ticket: Ticket): SlipRun[] =>
  slipOf(ticket).elements.flatMap((element) => (element.kind === 'line' ? element.runs : []));

test('a fired ticket reads from the top: allergies, table, who and when, then dish by dish in courses', () => {
  const ticket = fireTicket({ ...check, course: null, lines, firedAt: at }, lines, place, ['Fry', 'Cold']);
  expect(words(ticket)).toMatchInlineSnapshot(`
    " ALLERGY
     SEAT 2: PEANUTS, NUTS
     - EpiPen in her bag
     SEAT 4: GLUTEN
    TABLE 7
    Order 142  4 covers                        19:42
    Ana P.                                     Grill
    NOTE: Birthday: candles with dessert
    ================================================
    STARTERS
    1 x SCALLOPS  (seat 1)
    ================================================
    MAINS
    2 x LAMB SHOULDER
      - NO ROSEMARY
      2 x MASH
        - EXTRA BUTTER
    1 x RIBEYE  (seat 2)
       ! ALLERGY: PEANUTS, NUTS
      - MED RARE
       > sauce on the side and no salt at all,
         please
    ------------------------------------------------
    Also at: Fry, Cold"
  `);
});

test('what must be seen from two metres is large, and what must never be missed is white on black', () => {
  const runs = runsOf(fireTicket({ ...check, course: null, lines, firedAt: at }, lines, place, []));
  const runWith = (text: string) => runs.find((run) => run.text.includes(text));
  expect(runs[0]).toMatchObject({ inverse: true, width: 2, height: 2 });
  expect(runWith('TABLE 7')).toMatchObject({ width: 3, height: 3, inverse: false });
  expect(runWith('LAMB SHOULDER')).toMatchObject({ height: 2, bold: true });
  expect(runWith('NO ROSEMARY')).toMatchObject({ bold: true });
  expect(runWith('! ALLERGY: PEANUTS, NUTS')).toMatchObject({ inverse: true });
  expect(runWith('> sauce on the side')).toMatchObject({ inverse: true });
});

test('the dish for the guest with the allergy carries it, the dish for a neighbour does not', () => {
  const text = words(fireTicket({ ...check, course: null, lines, firedAt: at }, lines, place, []));
  expect(text.split('\n').filter((each) => each.includes('! ALLERGY'))).toHaveLength(1);
  expect(text.indexOf('! ALLERGY')).toBeGreaterThan(text.indexOf('RIBEYE'));
});

test('a void slip cannot be taken for a ticket: it says VOID at both ends and shows no allergy band', () => {
  const ticket = voidTicket(
    { ...check, line: lines[2] as KitchenLine, reason: 'Guest changed her mind', voidedBy: 'Marco D.', voidedAt: at },
    place,
  );
  expect(words(ticket)).toMatchInlineSnapshot(`
    "      VOID
    DO NOT MAKE

    TABLE 7
    Order 142  4 covers                        19:42
    Ana P.                                     Grill
    ================================================
    1 x RIBEYE  (seat 2)
      - MED RARE
       > sauce on the side and no salt at all,
         please
    ------------------------------------------------
    Why: Guest changed her mind
    By: Marco D.
              VOID"
  `);
  const bands = runsOf(ticket).filter((run) => run.text.trim() === 'VOID');
  expect(bands.map(({ inverse, height }) => [inverse, height])).toEqual([
    [true, 3],
    [true, 2],
  ]);
});

test('a notice says what is new in large letters, after the allergies', () => {
  const notice = { ...check, heading: 'MOVED', text: ['Table 3 is now table 7'], stationIds: ['grill'], at };
  expect(words(noticeTicket(notice, place))).toMatchInlineSnapshot(`
    " ALLERGY
     SEAT 2: PEANUTS, NUTS
     - EpiPen in her bag
     SEAT 4: GLUTEN

         MOVED
    Table 3 is now table 7
    ------------------------------------------------
    TABLE 7
    Order 142  4 covers                        19:42
    Ana P.                                     Grill"
  `);
});

test('takeaway has no table and nobody at it', () => {
  const takeaway = {
    ...check,
    orderType: 'takeaway',
    tableName: null,
    covers: 0,
    serverName: '',
    allergies: [],
    note: null,
  };
  const ticket = fireTicket({ ...takeaway, course: 2, lines, firedAt: at }, lines.slice(0, 1), place, []);
  expect(words(ticket)).toMatchInlineSnapshot(`
    "TAKEAWAY
    Order 142                                  19:42
                                               Grill
    ================================================
    MAINS
    2 x LAMB SHOULDER
      - NO ROSEMARY
      2 x MASH
        - EXTRA BUTTER"
  `);
});

test('on a narrow printer nothing is lost, it only takes more lines', () => {
  const ticket = fireTicket({ ...check, course: null, lines, firedAt: at }, lines, place, ['Fry']);
  const flat = (text: string) => text.replace(/\s+/g, '');
  const wide = flat(words(ticket)).replace(/[=-]+/g, '');
  const narrow = flat(words(ticket, 'generic-escpos-58')).replace(/[=-]+/g, '');
  expect(narrow).toBe(wide);
  expect(
    Math.max(
      ...words(ticket, 'generic-escpos-58')
        .split('\n')
        .map((each) => each.length),
    ),
  ).toBeLessThanOrEqual(32);
});

test('courses have names as far as kitchens have them', () => {
  expect([0, 1, 2, 3, 4].map(courseName)).toEqual(['DRINKS', 'STARTERS', 'MAINS', 'DESSERTS', 'COURSE 4']);
});
