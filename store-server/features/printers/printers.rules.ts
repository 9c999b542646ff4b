import { sameName } from '#contract/same-name.ts';
import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';

interface Placed {
  readonly name: string;
  readonly address: string;
}

/** Of two printers that are called alike nobody finds the one that a slip is in. @param others in use */
export function canBeCalled(name: string, others: readonly Placed[]): Verdict {
  const other = others.find((one) => sameName(one.name) === sameName(name));
  if (other === undefined) return allowed;
  return refuse('VALIDATION_ERROR', { field: 'name', reason: `Another printer is called ${other.name} already.` });
}

/** Two printers at one address are one machine, which would print a ticket twice. @param others in use */
export function canStandAt(address: string, others: readonly Placed[]): Verdict {
  const other = others.find((one) => one.address === address);
  if (other === undefined) return allowed;
  const reason = `${other.name} is at this address already. One printer can serve several stations and the receipts.`;
  return refuse('VALIDATION_ERROR', { field: 'address', reason });
}
