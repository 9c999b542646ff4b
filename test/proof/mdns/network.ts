import { execFileSync } from 'node:child_process';

/** Two machines on one cable: network namespaces A and B with a virtual wire between them. */
export interface TwoMachines {
  readonly a: string;
  readonly b: string;
  readonly addressOfA: string;
  remove(): void;
}

const ip = (...words: string[]) => execFileSync('ip', words, { stdio: ['ignore', 'pipe', 'pipe'] });

/** @throws what `ip` says when this machine may not make namespaces */
export function layCable(): TwoMachines {
  const [a, b] = [`fynlo-a-${process.pid}`, `fynlo-b-${process.pid}`];
  const [addressOfA, addressOfB] = ['10.77.0.1', '10.77.0.2'];
  const remove = () => {
    for (const name of [a, b]) {
      try {
        ip('netns', 'del', name);
      } catch {
        // It was never made.
      }
    }
  };
  try {
    for (const name of [a, b]) ip('netns', 'add', name);
    ip('-n', a, 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', b);
    for (const [name, address] of [
      [a, addressOfA],
      [b, addressOfB],
    ] as const) {
      ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', 'cable');
      ip('-n', name, 'link', 'set', 'lo', 'up');
      ip('-n', name, 'link', 'set', 'cable', 'up');
      // Multicast goes nowhere without a route.
      ip('-n', name, 'route', 'add', 'default', 'dev', 'cable');
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { a, b, addressOfA, remove };
}
