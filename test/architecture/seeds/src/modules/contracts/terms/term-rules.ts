// breaks: entities-know-no-framework
import '@nestjs/common';
