import { PreviewReceipt, ReceiptPreviewDto } from '#contract/settings.ts';
import type { Api } from '../../http/api.ts';
import type { previewReceipt } from './payments.preview.commands.ts';

export const previewRoutes = (preview: ReturnType<typeof previewReceipt>) => (api: Api) =>
  api.router('/api/v1/settings', (at) => {
    at.post('/receipt-preview', preview, {
      summary: 'What a receipt would look like on paper under other settings; nothing is saved',
      access: 'settings.change',
      body: PreviewReceipt,
      answers: ReceiptPreviewDto,
      status: 200,
      message: 'Nothing has been changed.',
    });
  });
