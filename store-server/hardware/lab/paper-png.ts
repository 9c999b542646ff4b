/**
 * The picture of a slip as PNG. `sharp` is loaded on first use: most stores never ask for a picture, and its library
 * takes its time. The SVG is our own, made from characters we drew, never somebody's upload.
 */
export async function paperPng(svg: string, options: { readonly scale?: number } = {}): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(svg), { density: 72 * (options.scale ?? 1), limitInputPixels: 60_000_000 })
    .flatten({ background: '#e9e5df' })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}
