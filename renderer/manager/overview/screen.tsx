import { Page } from '#ui/page.tsx';
import { texts } from './overview.texts.ts';

export default function Overview() {
  return <Page title={texts.title}>{null}</Page>;
}
