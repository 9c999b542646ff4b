/** What stands on a piece of paper. */
export interface Slip {
  readonly elements: readonly SlipElement[];
  /** How it was cut off, or null while it still hangs in the printer. */
  readonly cut: 'partial' | 'full' | null;
}

export type SlipElement =
  | { readonly kind: 'line'; readonly align: SlipAlign; readonly runs: readonly SlipRun[] }
  | { readonly kind: 'qr'; readonly align: SlipAlign; readonly data: string; readonly moduleDots: number }
  | {
      readonly kind: 'raster';
      readonly align: SlipAlign;
      readonly bytesPerRow: number;
      readonly height: number;
      readonly bits: Uint8Array;
    };

export type SlipAlign = 'left' | 'centre' | 'right';

/** Characters that look alike. `width` and `height` multiply the normal cell. */
export interface SlipRun {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly bold: boolean;
  readonly inverse: boolean;
}

/** The words on the slip, line by line, as somebody would read them out. */
export function plainText(slip: Slip): string {
  return slip.elements
    .map((element) => {
      if (element.kind === 'line')
        return element.runs
          .map((run) => run.text)
          .join('')
          .trimEnd();
      return element.kind === 'qr' ? `[QR ${element.data}]` : '[picture]';
    })
    .join('\n');
}
