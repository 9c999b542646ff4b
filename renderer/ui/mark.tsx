/** Our own lettering of the name. The colour of the letters is that of the text around it. */
export const Mark = ({ height = 22 }: { height?: number }) => (
  <svg viewBox="0 0 84 28" height={height} role="img" aria-label="fynlo" style={{ display: 'block' }}>
    <text
      x="0"
      y="21"
      textLength="62"
      lengthAdjust="spacingAndGlyphs"
      fontSize="25"
      fontWeight="700"
      fill="currentColor"
      fontFamily="var(--sans)"
    >
      fynl
    </text>
    <circle cx="72.5" cy="14" r="6.6" fill="none" stroke="#f79d3c" strokeWidth="3.6" />
  </svg>
);
