import { devices } from '#api/operations/auth.ts';
import { useRead } from '#api/queries.ts';
import { Card, Page } from '#ui/page.tsx';
import { Loaded } from '#ui/states.tsx';
import { texts } from './devices.texts.ts';
import { LetIn } from './let-in.tsx';
import { DeviceList } from './list.tsx';
import './devices.css';

/** Whether a line is up is told by no fact. */
const LOOK_MS = 5_000;

/** Which devices may be used here, which of them are connected; letting one in, and sending one away. */
export default function Devices() {
  const all = useRead(devices.list, {}, { every: LOOK_MS });
  return (
    <Page title={texts.title} lead={texts.lead}>
      <div className="device-columns">
        <Card title={texts.list.title}>
          <Loaded of={all}>{(data) => <DeviceList all={data} />}</Loaded>
        </Card>
        <Card title={texts.letIn}>
          <LetIn />
        </Card>
      </div>
    </Page>
  );
}
