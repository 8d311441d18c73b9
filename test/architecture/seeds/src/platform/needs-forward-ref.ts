import { forwardRef } from '@nestjs/common';

export const later = forwardRef(() => Object);
