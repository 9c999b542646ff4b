import { type Command, type CommandContext, Refused } from '../commands/define.ts';

/** Does what another command does, inside the running one: the demo is set up with the verbs a manager would use. */
export function within<Input, Output, Prepared>(
  context: CommandContext,
  command: Command<Input, Output, Prepared>,
  input: Input,
  prepared: Prepared,
): Output {
  const answer = command.handle(context, input, prepared);
  if (answer instanceof Refused) throw new Error(`${command.name} was refused: ${answer.code}`);
  return answer;
}
