import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'People',
  lead: 'Who may use this console. A viewer looks, a manager also adds restaurants and sends prices, an owner also decides on commission and people.',
  columns: { name: 'Name', email: 'E-mail', role: 'Role', state: 'State', act: 'Change' },
  active: 'May sign in',
  away: 'Shut out',
  you: '(you)',
  shutOut: 'Shut out',
  letIn: 'Let in again',
  shutOutOf: (name: string) => `Shut out ${name}`,
  letInOf: (name: string) => `Let in again: ${name}`,
  changed: (name: string, active: boolean) => (active ? `${name} may sign in again` : `${name} is shut out`),
  add: 'Add somebody',
  name: 'Name',
  email: 'E-mail',
  role: 'Role',
  password: 'First password',
  passwordHint: 'At least 8 characters. Hand it over in person.',
  save: 'Add',
  added: (name: string) => `${name} added`,
});
