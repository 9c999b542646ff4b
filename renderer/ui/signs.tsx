import './signs.css';

/** How well something is. Each level has a shape of its own, since colour alone says nothing to many people. */
export type Level = 'ok' | 'info' | 'warn' | 'bad' | 'neutral';

const shapes: Readonly<Record<Level, string>> = { ok: '●', info: '◆', warn: '▲', bad: '■', neutral: '○' };

export const Shape = ({ level }: { level: Level }) => (
  <span className={`shape shape-${level}`} aria-hidden="true">
    {shapes[level]}
  </span>
);

/** A state in a word, on its tint. */
export const Chip = ({ level, children }: { level: Level; children: React.ReactNode }) => (
  <span className={`chip chip-${level}`}>
    <span aria-hidden="true">{shapes[level]}</span>
    {children}
  </span>
);

/** A key as it stands on the keyboard. */
export const Key = ({ children }: { children: string }) => <kbd className="key">{children}</kbd>;
