import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { texts } from './chart.texts.ts';
import './chart.css';

export interface Series {
  readonly name: string;
  /** A data colour of the tokens: `--data-1`. */
  readonly color: string;
  /** Drawn as an outline with stripes: what the first is compared with. */
  readonly quiet?: boolean;
}

export interface Row {
  readonly label: string;
  /** One value for each series, in order; null where there is none. */
  readonly values: readonly (number | null)[];
}

interface BarsProps {
  readonly title: string;
  /** What the labels are: "Hour". */
  readonly of: string;
  readonly series: readonly Series[];
  readonly rows: readonly Row[];
  readonly format: (value: number) => string;
  /** The same, shorter, for the axis. */
  readonly axis: (value: number) => string;
}

/** Bars with their twin: the same figures as a table, for whoever cannot see a picture or wants them exactly. */
export function Bars({ title, of, series, rows, format, axis }: BarsProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="card" aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        <Button size="compact-xs" variant="subtle" onClick={() => setAsTable(!asTable)}>
          {asTable ? texts.asChart : texts.asTable}
        </Button>
      </header>
      {asTable ? (
        <table className="twin">
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, values }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map(({ name }, at) => (
                  <td key={name}>{values[at] == null ? '–' : format(values[at])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <>
          <ul className="legend">
            {series.map(({ name, color, quiet }) => (
              <li key={name}>
                <span
                  className={quiet === true ? 'legend-mark quiet' : 'legend-mark'}
                  style={{ '--series': `var(${color})` } as React.CSSProperties}
                />
                {name}
              </li>
            ))}
          </ul>
          <div role="img" aria-label={texts.picture(title)}>
            <BarChart
              h={320}
              data={rows.map(({ label, values }) => ({
                label,
                ...Object.fromEntries(series.map(({ name }, at) => [name, values[at] ?? 0])),
              }))}
              dataKey="label"
              series={series.map(({ name, color, quiet }) => ({
                name,
                color: quiet === true ? `color-mix(in srgb, var(${color}) 32%, var(--surface))` : `var(${color})`,
              }))}
              valueFormatter={format}
              gridColor="var(--line)"
              textColor="var(--text-2)"
              strokeDasharray="0"
              tickLine="none"
              maxBarWidth={26}
              barChartProps={{ accessibilityLayer: false, barGap: 2 }}
              barProps={{ radius: [3, 3, 0, 0], isAnimationActive: false }}
              xAxisProps={{ interval: 'equidistantPreserveStart' }}
              yAxisProps={{ width: 56, tickCount: 5, tickFormatter: axis }}
              tooltipAnimationDuration={0}
            />
          </div>
        </>
      )}
    </section>
  );
}
