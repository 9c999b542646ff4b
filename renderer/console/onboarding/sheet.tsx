import { useClock } from '#ui/format.ts';
import { Qr } from '#ui/qr.tsx';
import type { Code } from './codes.tsx';
import { texts } from './onboarding.texts.ts';

const words = texts.sheet;

/** One page of paper for whoever goes to the restaurant. Nothing of it is on the screen. */
export function Sheet({ of: { code, restaurant, expires_at } }: { of: Code }) {
  const clock = useClock();
  return (
    <section className="on-paper sheet" aria-label={words.title}>
      <p className="sheet-for">{words.for}</p>
      <h2>{restaurant === '' ? words.unnamed : restaurant}</h2>
      <p>{words.title}</p>
      <div className="sheet-code">
        <Qr text={code} label={texts.qr(code)} size={200} />
        <dl>
          <dt>{words.code}</dt>
          <dd className="sheet-words">{code}</dd>
          <dt>{words.until}</dt>
          <dd>{clock.short(expires_at)}</dd>
          <dt>{words.address}</dt>
          <dd>{location.origin}</dd>
        </dl>
      </div>
      <p>{words.qr}</p>
      <h3>{words.steps}</h3>
      <ol className="steps">
        {Object.values(texts.steps).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{words.keep}</p>
    </section>
  );
}
