# What `--help` says, and what is said of a wrong command line. Clap writes some of it; the rest is in `args.rs`.
# These are looked up nowhere else, and read only when they are to be shown.

## How it is laid out

usage-heading = Cách dùng:
usage-options = [TÙY-CHỌN]
commands-heading = Lệnh:
arguments-heading = Đối số:
options-heading = Tùy chọn:
note-env = [môi trường: { $name }]
note-default = [mặc định: { $value }]
note-values = [giá trị có thể dùng: { $values }]

## What belongs to every command

help-flag = Hiện trợ giúp
help-flag-short = Hiện trợ giúp (xem thêm bằng '--help')
help-flag-long = Hiện trợ giúp (xem tóm tắt bằng '-h')
version-flag = Hiện phiên bản
help-command = Hiện nội dung này hoặc trợ giúp của một lệnh

## Names of values

name-command = LỆNH
name-file = TỆP
name-dir = THƯ-MỤC
name-id = ID
name-pair = KHÓA=GIÁ-TRỊ
name-n = N
name-addr = ĐỊA-CHỈ
name-time = THỜI-GIAN
name-text = VĂN-BẢN
name-format = ĐỊNH-DẠNG
name-number = SỐ
name-call = CUỘC-GỌI
name-at = LÚC
name-person = NGƯỜI
name-queue = HÀNG-ĐỢI
name-provider = NHÀ-CUNG-CẤP
name-of = NHÀ-CUNG-CẤP.KHÓA
name-key = KHÓA
name-value = GIÁ-TRỊ
name-shell = SHELL

## Ringside

about = Hiện cuộc gọi đến và ai đang rảnh, bật tắt không làm phiền, với nhiều nhà cung cấp điện thoại cùng lúc
about-whole = Hiện cuộc gọi đến và ai đang rảnh, bật tắt không làm phiền, với nhiều nhà cung cấp điện thoại cùng lúc.
exit-codes = Mã thoát: 0 xong, 1 không được, 2 dùng sai hoặc cài đặt sai, 3 không có agent nào đang chạy, 4 cần đăng nhập.

## Commands

agent-about = Ở lại trong khay: kết nối, thông báo, kênh điều khiển
watch-about = Kết nối không cần agent và in ra những gì xảy ra
demo-about = Hiện văn phòng demo có sẵn: các nhà cung cấp mô phỏng trên máy này
simulate-about = Chỉ chạy các nhà cung cấp mô phỏng và in địa chỉ của chúng thành một dòng JSON
status-about = Tôi là ai, kết nối, cuộc gọi
dnd-about = Bật tắt không làm phiền ở mọi tài khoản, hoặc xem nó
share-about = Báo rằng màn hình đang được chia sẻ: không nêu tên người gọi trên đó
quiet-about = Người gọi cần giữ im lặng hôm nay
calls-about = Cuộc gọi, mới nhất trước
gaps-about = Những lúc không nghe được gì, và những gì đã lấy lại sau đó
note-about = Ghi chú về một cuộc gọi; hiện ra khi số đó gọi lại
remind-about = Được nhắc gọi lại cho ai đó
people-about = Đồng nghiệp và họ đang làm gì
dial-about = Gọi một số: điện thoại của bạn đổ chuông trước
tell-about = Được báo một lần khi một đồng nghiệp rảnh
replay-about = Phát lại một bản ghi và in ra kết quả
pick-up-about = Lấy một người gọi đang chờ ra khỏi hàng đợi, về điện thoại của bạn
account-about = Thêm, liệt kê, xóa, thử hoặc đăng nhập một tài khoản
contacts-about = Sổ địa chỉ riêng của bạn: ai đang gọi
doctor-about = Kiểm tra mọi chặng một cuộc gọi phải qua, từ cài đặt đến màn hình, kèm cách khắc phục cho từng lỗi
autostart-about = Khởi động cùng phiên, trong khay và không có cửa sổ, hoặc thôi không khởi động nữa
quit-about = Dừng agent đang chạy
settings-about = Về tệp cài đặt
completions-about = In phần tự hoàn thành lệnh của một shell

## What many commands take

config-help = Tệp cài đặt, thay cho tệp của người dùng
credentials-help = Thư mục chứa mỗi tài khoản một tệp giữ thông tin bí mật, thay cho chùm khóa
json-help = Mỗi dòng một đối tượng JSON
number-help = Có mã quốc gia, ví dụ +84241234567
which-account = Tài khoản nào
seed-help = Cùng một số cho cùng một ngày
which-call = Một mã, `last`, hoặc cuộc mới nhất mà tìm kiếm thấy
which-call-whole = Một mã, `last`, hoặc cuộc gọi mới nhất mà tìm kiếm thấy

## Agent, watch, replay, demo, simulate

agent-demo = Dùng văn phòng demo có sẵn thay cho cài đặt
watch-account = Chỉ tài khoản này (có thể lặp lại)
watch-notify = Hiện cả thông báo
watch-record = Ghi lại những gì đến và đi vào một tệp mới, bỏ token, thay tên và số
replay-file = Tệp do `ringside watch --record` ghi
replay-set = Cài đặt khác với lúc ghi, ví dụ event_map=TỆP (có thể lặp lại)
demo-json = Mỗi dòng một đối tượng JSON thay cho khung nhìn trực tiếp
demo-speed = Sôi động gấp mấy lần một văn phòng bình thường
simulate-listen = Địa chỉ để lắng nghe; phải thuộc máy này
simulate-people = Bao nhiêu đồng nghiệp
simulate-rate = Số sự việc mỗi giây; 0 cho văn phòng không tự xảy ra gì

## Do-not-disturb, a shared screen, quiet callers

dnd-on-about = Bật; không ghi thời lượng thì trong một giờ
dnd-for = Trong bao lâu, ví dụ 30m hoặc 2h
dnd-until-help = Đến khi nào, ví dụ 17:00 hoặc tomorrow
dnd-open-ended = Cho đến khi tắt; sau tám giờ sẽ hỏi lại bạn
dnd-off-about = Tắt
dnd-toggle-about = Tắt nếu đang bật, nếu không thì bật trong một giờ
dnd-keep-about = Giữ bật không có giờ kết thúc, sau đó sẽ hỏi lại
dnd-status-about = Xem theo từng tài khoản
share-on-about = Không nêu tên người gọi nào trên màn hình; tự kết thúc
share-for = Trong bao lâu, ví dụ 45m hoặc 2h
share-off-about = Lại nêu tên người gọi
share-status-about = Hiện ai có thể thấy màn hình, theo những gì đã biết
quiet-add-about = Giữ im lặng với một số cho đến nửa đêm
quiet-remove-about = Thôi giữ im lặng với số đó
quiet-all = Tất cả
quiet-list-about = Liệt kê

## Calls

calls-since = Chỉ cuộc gọi bắt đầu từ lúc đó trở đi, ví dụ 2026-11-21, yesterday hoặc 7d (trước)
calls-before = Chỉ cuộc gọi bắt đầu trước đó
calls-missed = Chỉ cuộc gọi tôi đã nhỡ
calls-search = Chỉ cuộc gọi có chữ này trong tên, số, đường dây hoặc ghi chú
calls-export = Mọi cuộc gọi phù hợp, cho chương trình khác
calls-limit = Nhiều nhất chừng này [mặc định: 100, hoặc tất cả với --export]
calls-seen-about = Đã xem các cuộc gọi nhỡ
calls-seen-call = Chỉ cuộc này: một mã, `last`, hoặc cuộc mới nhất mà tìm kiếm thấy
calls-private-about = Quên vĩnh viễn ai ở đầu bên kia của một cuộc gọi
calls-erase-about = Quên vĩnh viễn các cuộc gọi
calls-erase-before = Cuộc gọi bắt đầu trước đó, ví dụ 2026-11-21 hoặc 30d (trước)
calls-erase-number = Cuộc gọi với số này
calls-erase-call = Một cuộc gọi, theo mã của nó
calls-erase-all = Mọi cuộc gọi
note-text = Nội dung; để trống thì xóa ghi chú
remind-at = Khi nào, ví dụ 15:00, 2h hoặc 2026-11-21T15:00; `off` để không nhắc

## People, dialling, queues

people-search = Chỉ người có chữ này trong tên hoặc số
dial-account = Bằng tài khoản này
tell-person = Mã của một đồng nghiệp, hoặc đủ phần tên để phân biệt với mọi người khác
tell-for = Chờ trong bao lâu, ví dụ 30m hoặc 2h; nếu không ghi thì một giờ
tell-cancel = Thôi không chờ nữa
pick-up-queue = Hàng đợi, như `ringside status` hiện: tài khoản/mã
pick-up-caller = Người gọi; nếu không ghi thì người chờ lâu nhất

## Address books and accounts

contacts-list-about = Các sổ địa chỉ mà cài đặt nêu, và tình trạng từng sổ
contacts-check-about = Đọc một tệp vCard hoặc CSV và liệt kê những gì không dùng được, và vì sao
contacts-who-about = Ai có số này, theo các tệp mà cài đặt nêu
contacts-who-number = Có mã quốc gia, hoặc theo cách viết ở nước bạn
contacts-sign-in-about = Lưu mật khẩu của sổ địa chỉ trên máy chủ; được hỏi, hoặc đọc từ đầu vào chuẩn
account-add-about = Thêm một tài khoản; thông tin bí mật được hỏi, hoặc đọc từ đầu vào chuẩn
account-add-id = Tên của nó ở đây: a-z, 0-9 và -
account-add-provider = Nhà cung cấp, ví dụ firmafon
account-add-set = Một cài đặt, ví dụ api_url=https://… (có thể lặp lại)
account-list-about = Liệt kê các tài khoản
account-remove-about = Xóa một tài khoản và thông tin bí mật của nó
account-test-about = Kết nối một lần và cho biết cái gì chạy tốt
account-sign-in-about = Lưu thông tin bí mật khác; được hỏi, hoặc đọc từ đầu vào chuẩn

## The program

doctor-bundle-help = Ghi những gì tìm thấy vào một tệp mới để gửi kèm, không có tên, số và tài khoản
autostart-on-about = Khởi động cùng phiên
autostart-off-about = Không khởi động cùng phiên
autostart-status-about = Hiện có khởi động cùng phiên hay không
schema-about = In JSON Schema của tệp cài đặt, hoặc của tệp mà một khóa của tài khoản nêu
schema-of = Nhà cung cấp và khóa, ví dụ nguc.event_map
settings-check-about = Tìm lỗi trong cài đặt, hoặc trong tệp mà một khóa của tài khoản nêu, ví dụ bảng sự kiện
settings-check-of = Nhà cung cấp và khóa, ví dụ nguc.event_map; nếu không ghi thì cài đặt
settings-check-file = Tệp
path-about = In ra nơi đặt tệp cài đặt
settings-list-about = Mọi cài đặt của agent đang chạy, giá trị là gì và do ai đặt
set-about = Ghi một giá trị vào cài đặt; không có giá trị thì bỏ nó ra
set-key = Tên của nó, sau tên bảng: proxy, window.theme, account.work.popups
set-value = Giá trị mới
shells = bash, elvish, fish, powershell hoặc zsh

## What is wrong with a command line

wrong = lỗi:
tip = gợi ý:
see-help = Để biết thêm, hãy thử '{ $flag }'.
meant = ý bạn là { $names }?
twice = không dùng đối số '{ $argument }' nhiều lần được
together = không dùng '{ $argument }' cùng với '{ $other }' được
no-value = '{ $argument }' cần một giá trị nhưng chưa có
bad-value = giá trị '{ $value }' không hợp lệ cho '{ $argument }'
bad-value-since = giá trị '{ $value }' không hợp lệ cho '{ $argument }': { $reason }
more-values = giá trị '{ $value }' thừa cho '{ $argument }'; không cần thêm nữa
no-command = không có lệnh '{ $name }'
command-missing = sau '{ $command }' phải có một lệnh
commands-there = [các lệnh: { $names }]
arguments-missing = thiếu các đối số bắt buộc: { $arguments }
no-argument = không nhận đối số '{ $argument }'
not-utf8 = một hoặc nhiều đối số không phải UTF-8 hợp lệ

## In the words of those who read arguments

tip-as-value = hãy viết '{ $written }' để dùng '{ $argument }' làm giá trị
tip-exists = có '{ $command }'
tip-without-dashes = có lệnh '{ $command }'; hãy bỏ '--' phía trước để dùng nó
above-zero = phải là số lớn hơn 0
no-digits = phải là số nguyên
no-integer = phải là số nguyên
too-large = số quá lớn
out-of-range = { $number } không nằm trong { $range }
no-float = phải là một số
empty-float = phải là một số
no-address = phải là địa chỉ kèm cổng, ví dụ 127.0.0.1:8080
