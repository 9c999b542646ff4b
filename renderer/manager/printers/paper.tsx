import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { Card } from '#ui/page.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

/** A slip as this printer's model puts it on paper. Paper stays white in the dark. */
export function Paper({ printer, jobId }: { printer: Printer; jobId: string | null }) {
  const params = { printer_id: printer.id, job_id: jobId ?? '' };
  const paper = useRead(printers.paper, { params }, { wanted: jobId !== null });
  return (
    <Card title={texts.paper.title}>
      {jobId === null ? (
        <p className="soft">{texts.paper.none}</p>
      ) : (
        <Loaded of={paper} waiting={<Waiting rows={6} />}>
          {({ svg, text }) => (
            <img className="paper" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={text} />
          )}
        </Loaded>
      )}
    </Card>
  );
}
