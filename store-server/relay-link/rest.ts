/** A sleep that others may end. */
export interface Rest {
  /** @returns true if somebody ended it, before or while it slept; `wake` ends none that is not `wakeable` */
  sleep(ms: number, wakeable: boolean): Promise<boolean>;
  wake(): void;
  /** Ends a sleep under way, wakeable or not: what it waited for has lost its sense. */
  cut(): void;
  /** Ends this sleep and every later one. */
  stop(): void;
}

export function createRest(): Rest {
  let woken = false;
  let stopped = false;
  let end: ((by: 'time' | 'wake' | 'stop') => void) | null = null;
  return {
    sleep(ms, wakeable) {
      if (stopped || (wakeable && woken)) {
        woken = false;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => end?.('time'), Math.max(1, Math.ceil(ms)));
        end = (by) => {
          if (by === 'wake' && !wakeable) return;
          clearTimeout(timer);
          end = null;
          if (by === 'wake') woken = false;
          resolve(by !== 'time');
        };
      });
    },
    wake() {
      woken = true;
      end?.('wake');
    },
    cut() {
      end?.('stop');
    },
    stop() {
      stopped = true;
      end?.('stop');
    },
  };
}
