import { expect, test } from 'vitest';
import { classesOfTwoScreens } from './styles.ts';

const sheet = (file: string, text: string) => ({ file: `renderer/${file}`, text });
const orders = sheet('manager/orders/orders.css', '.timeline {\n}\n.timeline li {\n}');

test('a class that two screens give a look to is found, wherever in a selector it stands', () => {
  const cash = sheet('manager/cash/cash.css', '.cash {\n}\n@media (width < 9px) {\n  .lines.timeline > li {\n  }\n}');
  expect(classesOfTwoScreens([orders, cash])).toEqual([
    { file: cash.file, line: 4, message: '.timeline is a class of manager/orders already' },
  ]);
});

test('two sheets of one screen, a window of its own, and what stands on every screen are fine', () => {
  const panel = sheet('manager/orders/panel.css', '.timeline time {\n}');
  const everywhere = sheet('ui/page.css', '.lines {\n}');
  const frame = sheet('manager/frame/frame.css', '.frame {\n}');
  const others = [
    sheet('manager/cash/cash.css', '.lines .frame {\n}\n/* .timeline */\n.cash:not(.timeline *) {\n}'),
    sheet('manager/menu/menu.css', '.lines .frame .mantine-Switch-input {\n}'),
    sheet('manager/settings/settings.css', '.mantine-Switch-input {\n}'),
    sheet('console/sales/sales.css', '.timeline {\n}'),
  ];
  expect(classesOfTwoScreens([orders, panel, everywhere, frame, ...others])).toEqual([]);
});
