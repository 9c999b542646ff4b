import QRCode from 'qrcode';
import './qr.css';

/** Modules of nothing around it, without which many readers do not find it (ISO/IEC 18004: four). */
const QUIET = 4;

/** A text as a QR code, dark on white whatever the theme. */
export function Qr({ text, label, size }: { text: string; label: string; size: number }) {
  const { size: modules, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark = Array.from(data, (isDark, at) =>
    isDark ? `M${(at % modules) + QUIET} ${Math.floor(at / modules) + QUIET}h1v1h-1z` : '',
  ).join('');
  const whole = modules + 2 * QUIET;
  return (
    <svg role="img" aria-label={label} className="qr" width={size} height={size} viewBox={`0 0 ${whole} ${whole}`}>
      <rect width={whole} height={whole} fill="#ffffff" />
      <path d={dark} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}
