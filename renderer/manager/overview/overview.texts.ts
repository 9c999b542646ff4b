import { catalogue, count } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Overview',
  allGood: 'All good.',
  sentence: {
    open: (checks: number) => `${count(checks, 'check', 'checks')} open`,
    nothingOpen: 'nothing open',
    kitchen: (dishes: number) => `${count(dishes, 'dish', 'dishes')} in the kitchen`,
    kitchenClear: 'kitchen clear',
    sales: (amount: string) => `${amount} so far`,
    noSales: 'no sales yet',
  },
  refresh: 'Load everything anew',
  closeDay: 'Close day…',
  sales: {
    title: 'Sales today',
    orders: (orders: number) => `${count(orders, 'check', 'checks')} settled`,
    last: (weekday: string) => `Last ${weekday}`,
    before: (day: string, amount: string) => `${day}: ${amount} all day`,
    noneBefore: (day: string) => `${day}: none`,
  },
  covers: {
    title: 'Covers',
    average: (amount: string) => `${amount} a check`,
    seated: (covers: number) => `${covers} seated now`,
  },
  open: {
    title: 'Open checks',
    due: (amount: string) => `${amount} to be paid`,
    oldest: (age: string) => `oldest ${age}`,
    more: (shown: number) => `${shown}+`,
    none: 'Nothing open',
  },
  kitchen: {
    title: 'Kitchen',
    unit: (dishes: number) => (dishes === 1 ? 'dish' : 'dishes'),
    longest: (age: string) => `longest ${age}`,
    ready: (dishes: number) => `${dishes} ready to go`,
    clear: 'Nothing waiting',
  },
  cash: {
    title: 'Cash',
    closed: 'Closed',
    closedHint: 'No session is open',
    states: {
      opening_control: 'Float to count',
      opened: 'Open',
      closing_control: 'Being counted',
      closed: 'Closed',
    },
    float: (amount: string) => `float ${amount}`,
    counted: (amount: string) => `${amount} counted`,
    since: (time: string) => `since ${time}`,
  },
  box: {
    title: 'Box',
    fine: 'Running',
    lost: 'Not answering',
    readOnly: 'Cannot save',
    looking: 'Connecting…',
    /** Most printers say nothing of themselves, so that one is ready can only be told by its paper. */
    printers: (fine: number, all: number) =>
      fine === all
        ? `${count(all, 'printer', 'printers')}, no trouble known`
        : `${all - fine} of ${count(all, 'printer', 'printers')} in trouble`,
    noPrinters: 'no printers',
  },
  needs: {
    title: (things: number) => (things === 0 ? 'Needs you' : `Needs you (${things})`),
    nothing: 'Nothing. Everything that is known to the server is in order.',
    noCash: 'No cash session is open, so no cash can be taken.',
    openDrawer: 'Open the drawer',
    drawerLeftOpen: 'The drawer of an earlier day has not been counted and closed.',
    closeDrawer: 'Close the drawer',
    showMenu: 'Show them',
    menu: (problems: number) =>
      `${count(problems, 'thing', 'things')} on the menu will go wrong at the till or in the kitchen.`,
  },
  hours: {
    title: 'Sales by hour',
    hour: 'Hour',
    today: 'Today',
    empty: 'No sales yet today.',
    emptyHint: 'The first settled check shows here within a second.',
  },
  dishes: {
    title: 'Sold most today',
    quantity: (sold: number) => `${sold} ×`,
    empty: 'Nothing sold yet.',
  },
  off: {
    title: 'Off the menu (86)',
    none: 'Nothing. Take a dish off with Ctrl K and “86 …”.',
    back: 'Put back',
    backLabel: (dish: string) => `Put back ${dish}`,
  },
  opening: {
    title: (done: number, all: number) => `Opening check: ${done} of ${all} done`,
    server: 'The server is running and can save',
    printers: 'A printer is set up, and none is known to be in trouble',
    cash: 'The float is counted and the drawer open',
    menu: 'Dishes are on the menu, and nothing on it will go wrong',
    done: 'Done',
    open: 'Still to do',
  },
});
