import { LetIn } from '../devices/let-in.tsx';

/** The same as on the screen of the devices. */
export const IpadsStep = () => <LetIn />;
