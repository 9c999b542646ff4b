import { Modal, Switch } from '@mantine/core';
import { Fragment } from 'react';
import { Key } from '#ui/signs.tsx';
import { useAllCommands } from './commands.ts';
import { texts } from './frame.texts.ts';
import { keysInWords, switchSingleKeys, useSingleKeys } from './shortcuts.ts';
import './sheet.css';

const words = texts.sheet;

/** Every shortcut that works now, the screen's own first. */
export function ShortcutsSheet({ opened, close }: { opened: boolean; close: () => void }) {
  const single = useSingleKeys();
  const withKeys = useAllCommands().flatMap(({ id, label, group, keys }) =>
    keys === undefined ? [] : [{ id, label, group, keys }],
  );
  const groups = [...Map.groupBy(withKeys, ({ group }) => group)];
  return (
    <Modal opened={opened} onClose={close} title={words.title} size="lg">
      <div className="sheet">
        {groups.map(([group, commands]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {[...Map.groupBy(commands, ({ label }) => label)].map(([label, ways]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {ways.map(({ id, keys }, at) => (
                      <Fragment key={id}>
                        {at > 0 && <span className="soft"> / </span>}
                        <Keys of={keys} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <dl>
            <div>
              <dt>{words.escape}</dt>
              <dd>
                <Key>Esc</Key>
              </dd>
            </div>
          </dl>
        </section>
      </div>
      <Switch
        mt="md"
        label={words.single}
        description={words.singleHint}
        checked={single}
        onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  );
}

const Keys = ({ of }: { of: string }) => (
  <>
    {keysInWords(of).map((key, at) => (
      <Fragment key={key}>
        {at > 0 && (of.includes(' ') ? <span className="soft"> {words.next} </span> : ' ')}
        <Key>{key}</Key>
      </Fragment>
    ))}
  </>
);
