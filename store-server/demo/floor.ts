type Shape = 'round' | 'square' | 'rectangle';

/** How wide and deep tables are in the plan's units, by how many sit at them. */
const kinds = {
  two: { seats: 2, shape: 'round', width: 80, height: 80 },
  four: { seats: 4, shape: 'square', width: 90, height: 90 },
  six: { seats: 6, shape: 'rectangle', width: 140, height: 90 },
  eight: { seats: 8, shape: 'rectangle', width: 150, height: 100 },
  stool: { seats: 2, shape: 'square', width: 60, height: 60 },
} as const satisfies Record<string, { seats: number; shape: Shape; width: number; height: number }>;

export interface DemoSection {
  readonly name: string;
  readonly color: string;
  /** Upper left corner in the plan, and the distance from table to table. */
  readonly at: { readonly x: number; readonly y: number };
  readonly step: { readonly x: number; readonly y: number };
  readonly rows: readonly (readonly (keyof typeof kinds)[])[];
}

/** Three rooms as one looks at them from the door; tables are numbered row by row, 1 to 40. */
export const demoSections: readonly DemoSection[] = [
  {
    name: 'Dining room',
    color: '#1F5F8B',
    at: { x: 40, y: 40 },
    step: { x: 180, y: 150 },
    rows: [
      ['two', 'two', 'four', 'four', 'two'],
      ['four', 'four', 'six', 'four', 'four'],
      ['four', 'six', 'eight', 'six', 'four'],
      ['two', 'four', 'four', 'four', 'two'],
    ],
  },
  {
    name: 'Harbour terrace',
    color: '#2E7D6B',
    at: { x: 1000, y: 40 },
    step: { x: 170, y: 150 },
    rows: [
      ['two', 'two', 'two'],
      ['four', 'four', 'four'],
      ['four', 'six', 'four'],
      ['two', 'two', 'two'],
    ],
  },
  {
    name: 'Bar',
    color: '#8B6B2E',
    at: { x: 40, y: 680 },
    step: { x: 120, y: 110 },
    rows: [['stool', 'stool', 'stool', 'stool', 'stool', 'stool', 'stool', 'stool']],
  },
];

export interface DemoTable {
  readonly seats: number;
  readonly shape: Shape;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

/** The tables of a section with their places, row by row. */
export const tablesOf = ({ at, step, rows }: DemoSection): DemoTable[] =>
  rows.flatMap((row, down) =>
    row.map((kind, across) => ({ ...kinds[kind], x: at.x + across * step.x, y: at.y + down * step.y })),
  );
