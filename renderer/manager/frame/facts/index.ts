export { useDevicesFact } from './devices.ts';
export { usePrintersFact } from './printers.ts';
export { useServerFact } from './server.ts';
