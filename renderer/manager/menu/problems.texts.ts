import { catalogue, count } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'What will go wrong',
  some: (problems: number) => `${count(problems, 'thing', 'things')} will go wrong at the till or in the kitchen.`,
  show: 'Show them',
  all: 'Show all dishes',
  go: (dish: string, message: string) => `Go to ${dish}: ${message}`,
  more: (dishes: number) => `and ${dishes} more in the grid`,
  choices: 'Open the choices',
});
