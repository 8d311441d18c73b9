// breaks: libs-know-no-framework
import '@nestjs/common';
