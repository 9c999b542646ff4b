import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allergensOf, priceOf, rateOf } from '../../renderer/manager/menu/import/cells.rules.ts';
import { guessColumns, tableIn, withColumn } from '../../renderer/manager/menu/import/columns.rules.ts';
import { asCsv, cellsOf, readFile } from '../../renderer/manager/menu/import/file.rules.ts';
import { placeOf } from '../../renderer/manager/menu/import/place.rules.ts';
import { fateFinder, freshNames, readRows } from '../../renderer/manager/menu/import/rows.rules.ts';
import { tableOf, templates } from '../../renderer/manager/menu/import/templates.rules.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cells = (text: string) => {
  const read = readFile(bytes(text));
  if ('trouble' in read) throw new Error(read.trouble);
  return read.cells;
};
const rowsOf = (text: string, typed = {}) => {
  const read = cells(text);
  return readRows({ cells: read, ...guessColumns(read), typed, category: 'Menu' });
};

describe('a file', () => {
  const menu = [
    ['Dish', 'Price'],
    ['Crème brûlée', '5,50'],
  ];
  test.each([
    ['commas', 'Dish,Price\nCrème brûlée,"5,50"\n'],
    ['semicolons, as Excel writes on the continent', 'Dish;Price\r\nCrème brûlée;5,50\r\n'],
    ['tabs, as cells are copied', 'Dish\tPrice\nCrème brûlée\t5,50'],
    ['Excel’s mark', '\uFEFFDish,Price\r\nCrème brûlée,"5,50"\r\n'],
    ['Excel’s own word on what stands between', 'sep=;\r\nDish;Price\r\nCrème brûlée;5,50\r\n'],
    ['empty lines and blanks', '\n Dish , Price \n,,\n Crème  brûlée ,"5,50"\n\n'],
  ])('with %s', (_, text) => expect(cells(text)).toEqual(menu));

  test('from an older Excel, in Windows-1252, and in UTF-16', () => {
    const old = Uint8Array.from(
      [...'Dish,Price\r\nCaf', 0xe9, ' ', 0x80, ',3\r\n'].flatMap((one) =>
        typeof one === 'number' ? [one] : [...one].map((letter) => letter.charCodeAt(0)),
      ),
    );
    expect(readFile(old)).toEqual({
      cells: [
        ['Dish', 'Price'],
        ['Café €', '3'],
      ],
    });
    const wide = Uint8Array.from(Buffer.from('\uFEFFDish\tPrice\nCafé\t3', 'utf16le'));
    expect(readFile(wide)).toEqual({
      cells: [
        ['Dish', 'Price'],
        ['Café', '3'],
      ],
    });
  });

  test('with a quote, a comma and a line end within a cell', () => {
    expect(cells('Dish,About\n"Ploughman ""small""","Cheese,\nham"\n')[1]).toEqual([
      'Ploughman "small"',
      'Cheese, ham',
    ]);
  });

  test('that is none of this is told apart', () => {
    const trouble = (given: Uint8Array) => (readFile(given) as { trouble?: string }).trouble;
    expect(trouble(bytes(''))).toBe('empty');
    expect(trouble(bytes(' \n,,\n'))).toBe('empty');
    expect(trouble(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe('excel');
    expect(trouble(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe('excel');
    expect(trouble(bytes('%PDF-1.7 menu'))).toBe('notText');
    expect(trouble(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x10, 0x4a]))).toBe('notText');
    expect(trouble(bytes('x'.repeat(900_000)))).toBe('tooBig');
    expect(trouble(bytes('Taco,3\n'.repeat(10_000)))).toBe('tooManyRows');
    expect(trouble(bytes(`${','.repeat(100)}x`))).toBe('tooManyColumns');
  });

  test('comes back from its own CSV as it was, whatever stands in it', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 });
    const line = fc.tuple(cell, cell, cell);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const tidy = (text: string) =>
          text
            .replace(/\p{Cc}+/gu, ' ')
            .replace(/\s+/g, ' ')
            .trim();
        const wanted = lines.map((one) => one.map(tidy)).filter((one) => one.some((text) => text !== ''));
        const heading = ['Dish', 'Price', 'About'];
        // What a spreadsheet would take for a formula carries an apostrophe.
        const harmless = wanted.map((one) => one.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
        expect(cellsOf(asCsv([heading, ...wanted]))).toEqual({ cells: [heading, ...harmless] });
      }),
    );
  });
});

describe('a cell', () => {
  test.each([
    ['5.50', { pounds: 5.5 }],
    ['£5', { pounds: 5 }],
    ['GBP 12.5', { pounds: 12.5 }],
    ['5.5000', { pounds: 5.5 }],
    ['5,50', { pounds: 5.5, note: 'comma' }],
    ['1,250.00', { pounds: 1250, note: 'thousands' }],
    ['550p', { pounds: 5.5, note: 'pence' }],
    ['0', { pounds: 0 }],
    ['—', { trouble: 'priceMissing' }],
    ['market price', { trouble: 'priceMissing' }],
    ['4.50 / 8.00', { trouble: 'priceUnclear' }],
    ['-3', { trouble: 'priceUnclear' }],
    ['5.555', { trouble: 'priceUnclear' }],
    ['=B2*1.2', { trouble: 'priceUnclear' }],
    ['9999999', { trouble: 'priceTooHigh' }],
  ])('%s as a price', (typed, read) => expect(priceOf(typed)).toEqual(read));

  test('every price that a menu can have is read as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (pence) => {
        const pounds = pence / 100;
        expect(priceOf(pounds.toFixed(2))).toEqual({ pounds });
        expect(priceOf(`£${pounds.toFixed(2).replace('.', ',')}`)).toEqual({ pounds, note: 'comma' });
      }),
    );
  });

  test.each([
    ['20', { bps: 2000 }],
    ['20 %', { bps: 2000 }],
    ['12,5%', { bps: 1250 }],
    ['VAT 5%', { bps: 500 }],
    ['0.2', { bps: 2000, note: 'fraction' }],
    ['Standard rate', { bps: 2000 }],
    ['zero-rated', { bps: 0 }],
    ['0', { bps: 0 }],
    ['120', null],
    ['some', null],
  ])('%s as a VAT rate', (typed, read) => expect(rateOf(typed)).toEqual(read));

  test('allergens by name, code and what they are in; what nobody understands is kept', () => {
    expect(allergensOf('Contains: Milk, Wheat; egg & nuts')).toEqual({
      known: ['milk', 'gluten', 'eggs', 'nuts'],
      unknown: [],
    });
    expect(allergensOf('none')).toEqual({ known: [], unknown: [] });
    expect(allergensOf('Mi / kryptonite')).toEqual({ known: ['milk'], unknown: ['kryptonite'] });
  });
});

describe('columns', () => {
  test('are known by their headings, whatever a restaurant calls them', () => {
    expect(guessColumns(cells('Section,Item Name,Cost (£),Tax,Notes\nTacos,Carnitas,3.50,20,\n'))).toEqual({
      header: true,
      mapping: ['category', 'name', 'price', 'vat', null],
    });
    expect(guessColumns(cells('Dish;Kitchen name;Price;Kitchen;Contains\nA;B;1;Grill;milk')).mapping).toEqual([
      'name',
      'kitchen',
      'price',
      'station',
      'allergens',
    ]);
  });

  test('are known by what stands in them where no line names them', () => {
    expect(guessColumns(cells('Carnitas\t3.50\nAl pastor\t3.75\n'))).toEqual({
      header: false,
      mapping: ['name', 'price'],
    });
    const menu = 'Tacos,Carnitas,3.50\nTacos,Al pastor,3.75\nTacos,Pollo,3.50\nDrinks,Horchata,3\n';
    expect(guessColumns(cells(menu)).mapping).toEqual(['category', 'name', 'price']);
  });

  test('a list of nothing but headings is empty, and one of more dishes than can come in is too long', () => {
    const list = (lines: number) => cellsOf(Array.from({ length: lines }, (_, at) => `Dish ${at},3`).join('\n'));
    expect(tableIn(cellsOf('Dish,Price\n'))).toEqual({ trouble: 'empty' });
    expect(tableIn(cellsOf(''))).toEqual({ trouble: 'empty' });
    expect(tableIn(list(1001))).toEqual({ trouble: 'tooManyRows' });
    expect(tableIn(list(1000))).toMatchObject({ header: false, mapping: ['name', 'price'] });
  });

  test('that become something else leave what they were to nobody', () => {
    expect(withColumn(['name', 'price', null], 2, 'name')).toEqual([null, 'price', 'name']);
    expect(withColumn(['name', 'price', null], 0, null)).toEqual([null, 'price', null]);
  });
});

test('a dish of a category that is off the menu is not on it; who cooks most is asked first', () => {
  const dish = {
    name: 'Flan',
    active: true,
    price: 5,
    vat_bps: 2000,
    kitchen_name: null,
    description: null,
    allergens: [],
  };
  const place = placeOf(
    [
      { ...dish, category: 'Postres', effective_station_ids: ['b'] },
      { ...dish, category: 'Tacos', effective_station_ids: ['b', 'gone'] },
    ],
    [
      { name: 'Tacos', active: true },
      { name: 'Postres', active: false },
    ],
    [
      { id: 'a', name: 'Bar', active: true },
      { id: 'b', name: 'Grill', active: true },
      { id: 'c', name: 'Cellar', active: false },
    ],
  );
  expect(place.dishes.map(({ active, stations }) => [active, stations])).toEqual([
    [false, ['Grill']],
    [true, ['Grill']],
  ]);
  expect([place.categories, place.stations, place.usualStation]).toEqual([['Tacos'], ['Bar', 'Grill'], 'Grill']);
  expect(placeOf([], [], []).usualStation).toBeNull();
});

describe('a line', () => {
  const problems = (text: string, typed = {}) =>
    rowsOf(text, typed).flatMap((row) => row.problems.map(({ field, trouble }) => [row.at, field, trouble]));

  test('becomes a dish, with a note on what was read otherwise than it was written', () => {
    const [row] = rowsOf('Category,Dish,Price,VAT,Allergens\nTacos,Quesadilla,"5,50",0.2,milk\n');
    expect(row?.dish).toEqual({
      name: 'Quesadilla',
      category: 'Tacos',
      price: 5.5,
      vat_bps: 2000,
      allergens: ['milk'],
    });
    expect(row?.notes).toEqual([
      { field: 'price', note: 'comma' },
      { field: 'vat', note: 'fraction' },
    ]);
  });

  test('that lacks something is no dish until somebody types it', () => {
    const menu = 'Dish,Price,Allergens\nHaggis,—,\n,4,\n=A2,4,\nTea,2,leaves\n';
    expect(problems(menu)).toEqual([
      [1, 'price', 'priceMissing'],
      [2, 'name', 'nameMissing'],
      [3, 'name', 'nameFormula'],
      [4, 'allergens', 'allergenUnknown'],
    ]);
    expect(
      problems(menu, { 1: { price: '9' }, 2: { name: 'Neeps' }, 3: { name: 'Tatties' }, 4: { allergens: '' } }),
    ).toEqual([]);
  });

  test('too long for a ticket or a till is said of each field', () => {
    const long = (letters: number) => 'x'.repeat(letters);
    const heading = 'Dish,Price,Category,Kitchen name,Station,Description,VAT';
    expect(problems(`${heading}\n${long(81)},200000,${long(81)},${long(41)},${long(41)},${long(1001)},many\n`)).toEqual(
      [
        [1, 'name', 'nameTooLong'],
        [1, 'category', 'categoryTooLong'],
        [1, 'station', 'stationTooLong'],
        [1, 'kitchen', 'kitchenTooLong'],
        [1, 'description', 'descriptionTooLong'],
        [1, 'price', 'priceTooHigh'],
        [1, 'vat', 'vatUnclear'],
      ],
    );
  });

  test('with a dish that was there before names that line; elsewhere on the menu it may be called the same', () => {
    const rows = rowsOf('Category,Dish,Price\nTacos,Pollo,3\nTACOS, pollo ,4\nBurritos,Pollo,9\n');
    expect(rows.map(({ dish }) => dish !== null)).toEqual([true, false, true]);
    expect(rows[1]?.problems).toEqual([{ field: 'name', trouble: 'twice', about: '2' }]);
  });

  test('takes its category from above where a spreadsheet has merged the cells, or from a heading', () => {
    const merged = rowsOf('Category,Dish,Price\nTacos,Pollo,3\n,Carnitas,4\n');
    expect(merged[1]?.dish?.category).toBe('Tacos');
    expect(merged[1]?.notes).toEqual([{ field: 'category', note: 'asAbove' }]);
    const headed = rowsOf('Dish,Price\nTea,2\nTACOS,\nPollo,3\nDRINKS,\nHorchata,3\n');
    expect(headed.map(({ dish }) => dish?.category)).toEqual(['Menu', 'TACOS', 'DRINKS']);
  });

  test('of letters that are no text to a browser stays text', () => {
    const [row] = rowsOf('Dish,Price\n<script>alert(1)</script>,3\n');
    expect(row?.dish?.name).toBe('<script>alert(1)</script>');
  });

  test('is new, a change, or just as it is', () => {
    const known = {
      active: true,
      vat_bps: 2000,
      kitchen_name: null,
      description: null,
      allergens: ['milk'],
      stations: ['Grill'],
    };
    const menu = [
      { ...known, name: 'Pollo', category: 'Tacos', price: 3 },
      { ...known, name: 'Carnitas', category: 'Tacos', price: 3 },
      { ...known, name: 'Flan', category: 'Postres', price: 5, active: false },
      { ...known, name: 'Elote', category: 'Tacos', price: 4 },
    ];
    const fateOf = fateFinder(menu);
    const rows = rowsOf(
      'Category,Dish,Price,Station\nTacos,pollo,3,grill\nTacos,Carnitas,3.5,\nPostres,Flan,5,\nTacos,Elote,4,Bar\nTacos,Birria,4,\nTacos,Mole,,\n',
    );
    expect(rows.map((row) => fateOf(row).fate)).toEqual(['same', 'update', 'new', 'update', 'new', 'problem']);
    expect(freshNames(['Grill', 'bar', undefined, 'Bar '], ['grill'])).toEqual(['bar']);
  });
});

test.each(templates.map((template) => [template.id, template] as const))(
  'the template %s comes in whole',
  (_, template) => {
    const rows = readRows({ ...tableOf(template), header: false, typed: {}, category: '' });
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(15);
    for (const { dish } of rows) {
      expect(dish).toMatchObject({
        vat_bps: expect.any(Number),
        station: expect.any(String),
        category: expect.any(String),
      });
      expect(dish?.price).toBeGreaterThan(0);
    }
  },
);
