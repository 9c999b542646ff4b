import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import { Shape } from '#ui/signs.tsx';
import { BeginMenu } from '../menu/import/begin-menu.tsx';
import { texts } from './setup.texts.ts';

/** A menu at once, from a template or a file; dish by dish it is written in the window. */
export function MenuStep({ waits }: { waits: (on: boolean) => void }) {
  const dishes = useRead(menu.products, {});
  const on = dishes.data?.length ?? 0;
  return (
    <>
      {on > 0 && (
        <p role="status">
          <Shape level="ok" /> {texts.menu.on(on)}
        </p>
      )}
      <BeginMenu waits={waits} />
    </>
  );
}
