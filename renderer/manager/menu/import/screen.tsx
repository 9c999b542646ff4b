import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { Page } from '#ui/page.tsx';
import { Earlier } from './earlier.tsx';
import { texts } from './import.texts.ts';
import { Importing } from './importing.tsx';

/** A whole menu at once: where it comes from, what will come in, what came of it. */
export default function ImportMenu() {
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        <Button component={Link} to="/menu" variant="default">
          {texts.back}
        </Button>
      }
    >
      <div className="import-within">
        <Importing
          before={<Earlier />}
          next={
            <Button component={Link} to="/menu">
              {texts.report.seeMenu}
            </Button>
          }
        />
      </div>
    </Page>
  );
}
