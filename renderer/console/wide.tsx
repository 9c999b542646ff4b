import { useEffect, useRef, useState } from 'react';

interface WideProps {
  /** What stands in it, for whoever comes to it by keyboard. */
  readonly label: string;
  readonly children: React.ReactNode;
}

/** A table that may be wider than its card: it scrolls by itself, shows at its edge that it does, and by keyboard too. */
export function Wide({ label, children }: WideProps) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    for (const one of [element, ...element.children]) watcher.observe(one);
    return () => watcher.disconnect();
  }, []);
  // No stop for the keyboard where there is nowhere to scroll.
  const reached = scrolls ? { role: 'group', tabIndex: 0, 'aria-label': label } : {};
  return (
    <div ref={box} className={scrolls ? 'sheet-card beyond' : 'sheet-card'} {...reached}>
      {children}
    </div>
  );
}
