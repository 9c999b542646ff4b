import { PreviewReceipt, ReceiptPreviewDto, SaveSettings, SettingOriginDto, Settings } from '#contract/settings.ts';
import { change, read, readList } from './define.ts';

export const settings = {
  read: read('settings.read', '/api/v1/settings', { answers: Settings, staleAfter: ['settings.'] }),
  origins: readList('settings.origins', '/api/v1/settings/origins', {
    answers: SettingOriginDto,
    staleAfter: ['settings.'],
  }),
  change: change('settings.change', 'put', '/api/v1/settings', { body: SaveSettings, answers: Settings }),
  preview: change('settings.preview_receipt', 'post', '/api/v1/settings/receipt-preview', {
    body: PreviewReceipt,
    answers: ReceiptPreviewDto,
  }),
};
