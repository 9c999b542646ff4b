import './working.css';

/**
 * Something is under way and nobody knows how much of it is left. Without a value a progress bar says just that; what it
 * is about stands in words beside it too.
 */
export const Working = ({ about }: { about: string }) => (
  <div className="working" role="progressbar" aria-label={about}>
    <div className="working-part" />
  </div>
);
