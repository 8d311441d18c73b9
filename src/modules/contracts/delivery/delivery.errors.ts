import { defineErrors } from '#libs/kernel';

export const deliveryErrors = defineErrors('contracts', {
  opinionsRequired: {
    code: 'contracts.opinions-required',
    kind: 'unprocessable',
    zh: '公共服务项目验收须有服务对象的意见（政府采购法实施条例第四十五条）。',
    en: 'Accepting a public service needs the opinion of its users (GPLR art. 45).',
  },
  supplierAccepts: {
    code: 'contracts.supplier-accepts',
    kind: 'unprocessable',
    zh: '提交成果的人和承接机构的人员不得参与验收。',
    en: 'Neither whoever delivered the work nor anybody of the supplier can accept or reject it.',
  },
});
