import { useEffect } from 'react';
import './page.css';

interface PageProps {
  readonly title: string;
  /** One sentence under the title; it describes the heading to screen readers. */
  readonly lead?: React.ReactNode;
  /** What can be done with the whole page, the primary action last. */
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** The frame of every screen: one h1, what can be done, the body. */
export function Page({ title, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Fynlo`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-words">
          <h1 id="page-title" aria-describedby={lead === undefined ? undefined : 'page-lead'}>
            {title}
          </h1>
          {lead !== undefined && (
            <div id="page-lead" className="page-lead">
              {lead}
            </div>
          )}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a screen with a heading of its own. */
export const Card = ({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: React.ReactNode;
  children: React.ReactNode;
}) => (
  <section className="card" aria-label={title}>
    <header className="card-head">
      <h2>{title}</h2>
      {aside}
    </header>
    {children}
  </section>
);
