/** What stands over a column; of figures, which stand right. */
type Head = string | { readonly figures: string };

interface GridProps {
  /** What the table is, for whoever does not see what stands around it. */
  readonly caption: string;
  readonly heads: readonly Head[];
  readonly className?: string;
  /** The body, and a foot where there are sums. */
  readonly children: React.ReactNode;
}

/** A table of the console: figures right, words left. */
export const Grid = ({ caption, heads, className = '', children }: GridProps) => (
  <table className={`grid ${className}`.trim()}>
    <caption className="unseen">{caption}</caption>
    <thead>
      <tr>
        {Object.entries(heads).map(([at, head]) =>
          typeof head === 'string' ? (
            <th key={at} scope="col">
              {head}
            </th>
          ) : (
            <th key={at} scope="col" className="num">
              {head.figures}
            </th>
          ),
        )}
      </tr>
    </thead>
    {children}
  </table>
);
