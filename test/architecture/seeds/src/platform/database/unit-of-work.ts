export const unitOfWork = 'unit of work';
